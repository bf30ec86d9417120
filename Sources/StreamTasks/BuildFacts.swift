/// What this build calls itself, in snapshots, metrics and on the command line.
package enum BuildFacts {
    package static let version = "0.1.0"
    package static let library = "millrace \(version)"
}
