import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class SessionStore {
    private final String user;

    public SessionStore(String user) {
        this.user = user;
    }

    public void save(String json) throws IOException {
        Path folder = Path.of("/tmp");
        Path target = folder.resolve("session-" + user + ".json"); // expect: CWE-377
        Files.writeString(target, json);
    }
}
