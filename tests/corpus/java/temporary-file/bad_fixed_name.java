import java.io.File;
import java.io.FileWriter;
import java.io.IOException;

public class ReportExport {
    public File export(String rows) throws IOException {
        File out = new File(System.getProperty("java.io.tmpdir"), "report.csv"); // expect: CWE-377
        try (FileWriter writer = new FileWriter(out)) {
            writer.write(rows);
        }
        return out;
    }
}
