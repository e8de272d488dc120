import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.stereotype.Service;

@RestController
@lombok.RequiredArgsConstructor
public class C {
    private final PingService service;
    @PostMapping("/ping")
    public String ping(@RequestBody PingRequest request) throws IOException {
        return service.ping(request.getHost());
    }
}
@lombok.Data
class PingRequest { private String host; private int count; }
@Service
class PingService {
    public String ping(String host) throws IOException {
        Process p = Runtime.getRuntime().exec(new String[] {"sh", "-c", "ping " + host}); // expect: CWE-78
        return new String(p.getInputStream().readAllBytes());
    }
}
