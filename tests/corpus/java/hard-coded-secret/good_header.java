import java.net.URI;
import java.net.http.HttpRequest;

public class Weather {
    private final String apiKey = System.getenv("WEATHER_API_KEY");

    public HttpRequest request(String city) {
        return HttpRequest.newBuilder(URI.create("https://weather.example.com/v1/today"))
                .header("Accept", "application/json")
                .header("X-Api-Key", apiKey)
                .header("Authorization", "Bearer " + apiKey)
                .build();
    }
}
