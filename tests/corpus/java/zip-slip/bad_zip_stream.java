import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

public class Unzip {
    public void extract(InputStream source, File folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(source)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                File target = new File(folder, entry.getName()); // expect: CWE-22
                try (FileOutputStream out = new FileOutputStream(target)) { // expect: CWE-22
                    zip.transferTo(out);
                }
            }
        }
    }
}
