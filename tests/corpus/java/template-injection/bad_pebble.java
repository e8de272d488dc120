import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class TemplateController {
    private final PebbleEngine engine = new PebbleEngine.Builder().loader(new StringLoader()).build();

    @PostMapping("/render")
    public String render(@RequestBody String source) throws IOException {
        PebbleTemplate template = engine.getTemplate(source); // expect: CWE-1336|CWE-94
        StringWriter out = new StringWriter();
        template.evaluate(out);
        return out.toString();
    }
}
