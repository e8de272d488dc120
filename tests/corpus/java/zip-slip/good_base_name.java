import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

public class Pictures {
    public void collect(InputStream source, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(source)) {
            int number = 0;
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (entry.getName().endsWith(".png")) {
                    Files.copy(zip, folder.resolve("picture-" + number++ + ".png"));
                }
            }
        }
    }
}
