import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class FetchTool {
    private final HttpClient client = HttpClient.newHttpClient();

    public String fetch(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).GET().build(); // expect: CWE-918
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body(); // expect: CWE-918
    }
}
