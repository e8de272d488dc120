import java.util.List;
import org.dom4j.Document;
import org.dom4j.Node;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class PartController {
    private final Document parts;

    public PartController(Document parts) {
        this.parts = parts;
    }

    @GetMapping("/parts")
    public int count(@RequestParam String category) {
        List<Node> nodes = parts.selectNodes("/parts/part[category='" + category + "']"); // expect: CWE-643
        return nodes.size();
    }
}
