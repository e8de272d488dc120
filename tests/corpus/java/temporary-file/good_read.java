import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

public class Flag {
    public String read() throws IOException {
        File flag = new File("/tmp/maintenance.flag");
        return flag.exists() ? Files.readString(flag.toPath()) : "";
    }
}
