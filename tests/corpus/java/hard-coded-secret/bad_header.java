import java.net.URI;
import java.net.http.HttpRequest;

public class Weather {
    public HttpRequest request(String city) {
        return HttpRequest.newBuilder(URI.create("https://weather.example.com/v1/today"))
                .header("Accept", "application/json")
                .header("X-Api-Key", "9f8e7d6c5b4a39281706f5e4") // expect: CWE-798
                .build();
    }
}
