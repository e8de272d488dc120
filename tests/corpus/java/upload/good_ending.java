import java.io.File;
import java.io.IOException;
import java.util.Set;
import org.apache.commons.io.FilenameUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
public class Posters {
    private static final Set<String> PICTURES = Set.of("png", "jpg");

    @PostMapping("/posters")
    public void add(@RequestParam MultipartFile poster) throws IOException {
        String name = FilenameUtils.getName(poster.getOriginalFilename());
        if (!PICTURES.contains(FilenameUtils.getExtension(name))) {
            throw new IOException("no picture");
        }
        poster.transferTo(new File("/var/www/posters", name));
    }
}
