import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

public class Backup {
    public void save(byte[] data) throws IOException {
        String name = String.format("/tmp/backup-%s.bin", System.currentTimeMillis());
        try (OutputStream out = new FileOutputStream(name)) { // expect: CWE-377
            out.write(data);
        }
    }
}
