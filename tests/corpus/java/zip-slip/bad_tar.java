import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

public class Restore {
    public void unpack(InputStream source, String folder) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(source);
        TarArchiveEntry entry;
        while ((entry = tar.getNextTarEntry()) != null) {
            Path target = Paths.get(folder, entry.getName());
            Files.copy(tar, target); // expect: CWE-22
        }
    }
}
