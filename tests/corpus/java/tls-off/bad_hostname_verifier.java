import java.io.IOException;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;

public class Client {
    public int status(String address) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) new URL(address).openConnection();
        connection.setHostnameVerifier((host, session) -> true); // expect: CWE-295
        return connection.getResponseCode();
    }
}
