import ArgumentParser
import WebService

/// How pages and the API are served.
struct WebOptions: ParsableArguments {
    @Option(help: "The PEM file of the certificate chain, for HTTPS.")
    var tlsCertificate: String?

    @Option(help: "The PEM file of the private key.")
    var tlsKey: String?

    @Flag(help: "A proxy in front ends HTTPS and says in X-Forwarded-For who asks.")
    var behindProxy = false

    @Option(
        name: .customLong("allow-origin"), help: "An origin whose scripts may read the API; may be given several times."
    )
    var allowedOrigins: [String] = []

    @Option(help: "Requests a second that a person or an address may send in the long run; 0 for no limit.")
    var rate: Double = 50

    @Option(help: "The folder of uploaded files; default: the store's name with .files.")
    var files: String?

    @Option(help: "The issuer of an OpenID Connect provider whose tokens are taken.")
    var oidcIssuer: String?

    @Option(help: "The audience that its tokens must be for.")
    var oidcAudience: String?

    @Option(help: "Its keys (JWKS): a file or an https address.")
    var oidcKeys: String?

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together")
        }
        guard Set([oidcIssuer, oidcAudience, oidcKeys].map { $0 == nil }).count == 1 else {
            throw ValidationError("--oidc-issuer, --oidc-audience and --oidc-keys belong together")
        }
        guard rate >= 0, rate.isFinite else { throw ValidationError("--rate is 0 or more") }
    }

    var scheme: String { tlsCertificate == nil ? "http" : "https" }

    /// - Parameter store: what `--store` names; uploaded files lie beside a file.
    func configuration(at address: ListeningAddress, beside store: String) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(address: address.host, port: address.port)
        configuration.certificates = tlsCertificate
        configuration.privateKey = tlsKey
        configuration.isBehindProxy = behindProxy
        configuration.allowedOrigins = Set(allowedOrigins)
        configuration.requestsPerSecond = rate == 0 ? nil : rate
        configuration.files = files ?? store + ".files"
        configuration.version = Binglian.configuration.version
        if let oidcIssuer, let oidcAudience, let oidcKeys {
            configuration.provider = TokenProvider(issuer: oidcIssuer, audience: oidcAudience, keys: oidcKeys)
        }
        return configuration
    }
}
