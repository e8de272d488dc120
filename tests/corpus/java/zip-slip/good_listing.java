import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

public class Listing {
    public List<String> names(String archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive)) {
            zip.stream().forEach(entry -> names.add(entry.getName()));
        }
        return names;
    }
}
