import java.io.File;

public class Scripts {
    public boolean install(File script) {
        return script.setExecutable(true, true) && script.setWritable(false, false) && script.setReadable(true);
    }
}
