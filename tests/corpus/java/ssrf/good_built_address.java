import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

public class Search {
    @GetMapping("/p")
    String f(@RequestParam String q) {
        String u = UriComponentsBuilder.fromHttpUrl("https://api.example.com/search").queryParam("q", q).build().toUriString();
        return new RestTemplate().getForObject(u, String.class);
    }
}
