internal import Hummingbird
internal import JSONTree

extension Response {
    init(_ status: HTTPResponse.Status, json: JSONValue, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json"
        self.init(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.serialized())))
    }

    /// An error in the Open Inference Protocol's form.
    init(_ status: HTTPResponse.Status, error: String, headers: HTTPFields = [:]) {
        self.init(status, json: ["error": .string(error)], headers: headers)
    }
}
