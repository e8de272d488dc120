import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

public class Logs {
    public void create(Path path) throws IOException {
        Set<PosixFilePermission> permissions =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OTHERS_WRITE); // expect: CWE-732
        Files.setPosixFilePermissions(path, permissions); // expect: CWE-732
    }
}
