import Foundation
import TestSupport

/// A snapshot as an earlier version of the format wrote it. These files are never written anew.
func golden(_ name: String) -> String { Fixtures.checkout.appending(path: "Tests/Fixtures/snapshots/\(name)").path }
