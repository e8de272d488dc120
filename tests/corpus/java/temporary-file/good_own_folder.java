import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class SessionStore {
    public void save(String json) throws IOException {
        Path folder = Files.createTempDirectory("tmp");
        Path target = folder.resolve("session.json");
        Files.writeString(target, json);
    }
}
