import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

public class Backup {
    public void save(byte[] data) throws IOException {
        String name = "backup-" + UUID.randomUUID() + ".bin";
        Path target = Paths.get(System.getProperty("java.io.tmpdir"), name);
        Files.write(target, data, StandardOpenOption.CREATE_NEW);
    }
}
