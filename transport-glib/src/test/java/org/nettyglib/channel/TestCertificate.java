package org.nettyglib.channel;

import java.nio.file.Path;

/**
 * A key and a certificate for localhost that it has signed, made by openssl.
 *
 * @param key a PEM file
 * @param certificate a PEM file
 */
public record TestCertificate(Path key, Path certificate) {
    /** Makes one, or skips the test where there is no openssl. */
    public static TestCertificate in(Path directory) throws Exception {
        Program.assumeInstalled("openssl", "openssl");
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        try (Program openssl = Program.start(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
                                + " -addext subjectAltName=DNS:localhost -keyout " + key + " -out " + certificate)
                        .split(" ", -1))) {
            openssl.awaitSuccess();
        }
        return new TestCertificate(key, certificate);
    }
}
