import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class ReportExport {
    public Path export(String rows) throws IOException {
        Path out = Files.createTempFile("report", ".csv");
        Files.writeString(out, rows);
        return out;
    }
}
