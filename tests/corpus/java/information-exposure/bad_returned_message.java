import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class C {
    @GetMapping("/data")
    public String data() {
        try {
            return load();
        } catch (Exception e) {
            return "Error: " + e.getMessage(); // expect: CWE-209
        }
    }
    String load() throws Exception { return "x"; }
}
