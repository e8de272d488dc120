import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;

public class InvoiceRenderer {
    public File render(byte[] pdf) throws IOException {
        File file = File.createTempFile("invoice", ".pdf");
        file.setReadable(false, false);
        file.setReadable(true, true);
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(pdf);
        }
        return file;
    }
}
