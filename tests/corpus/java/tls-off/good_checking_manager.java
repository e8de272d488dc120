import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

public class PinnedTrustManager implements X509TrustManager {
    private final X509TrustManager inner;

    public PinnedTrustManager(X509TrustManager inner) {
        this.inner = inner;
    }

    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        inner.checkClientTrusted(chain, type);
    }

    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        inner.checkServerTrusted(chain, type);
    }

    public X509Certificate[] getAcceptedIssuers() {
        return inner.getAcceptedIssuers();
    }
}
