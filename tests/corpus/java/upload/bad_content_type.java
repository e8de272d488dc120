import java.io.FileOutputStream;
import java.io.IOException;
import org.springframework.web.multipart.MultipartFile;

public class PictureService {
    public void store(MultipartFile picture) throws IOException {
        if (!picture.getContentType().startsWith("image/")) {
            throw new IllegalArgumentException("picture");
        }
        try (FileOutputStream out = new FileOutputStream("public/" + picture.getOriginalFilename())) { // expect: CWE-434|CWE-22
            out.write(picture.getBytes());
        }
    }
}
