import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContextBuilder;

public class Contexts {
    public static SSLContext lenient() throws Exception {
        return SSLContextBuilder.create()
            .loadTrustMaterial(null, (chain, type) -> true) // expect: CWE-295
            .build();
    }
}
