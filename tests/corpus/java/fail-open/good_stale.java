import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Cache {
    public boolean isStale(Path path, long since) {
        try {
            return Files.getLastModifiedTime(path).toMillis() < since;
        } catch (IOException error) {
            return true;
        }
    }
}
