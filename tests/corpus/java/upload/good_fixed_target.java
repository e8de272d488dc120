import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.springframework.web.multipart.MultipartFile;

public class AvatarService {
    public void store(long userId, MultipartFile file) throws IOException {
        ImageIO.write(ImageIO.read(file.getInputStream()), "png", new File("/srv/avatars/" + userId + ".png"));
    }
}
