import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

public class Plugins {
    public void unpack(File archive, String folder) throws IOException {
        try (JarFile jar = new JarFile(archive)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = folder + "/" + entry.getName();
                try (FileOutputStream out = new FileOutputStream(name)) { // expect: CWE-22 @ name
                    jar.getInputStream(entry).transferTo(out);
                }
            }
        }
    }
}
