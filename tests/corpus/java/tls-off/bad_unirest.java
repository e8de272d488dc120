public class Fetcher {
    void f() {
        kong.unirest.Unirest.config().verifySsl(false); // expect: CWE-295
    }
}
