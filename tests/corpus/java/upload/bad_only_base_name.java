import java.io.File;
import java.io.IOException;
import org.apache.commons.io.FilenameUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
public class Posters {
    @PostMapping("/posters")
    public void add(@RequestParam MultipartFile poster) throws IOException {
        String name = FilenameUtils.getName(poster.getOriginalFilename());
        poster.transferTo(new File("/var/www/posters", name)); // expect: CWE-434
    }
}
