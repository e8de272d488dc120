import java.io.File;

public class Scripts {
    public boolean install(File script) {
        return script.setExecutable(true, false) && script.setWritable(true, false); // expect: CWE-732
    }
}
