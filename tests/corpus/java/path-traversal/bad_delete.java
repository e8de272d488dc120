import java.io.File;

public class AvatarStore {
    private final String folder;

    public AvatarStore(String folder) {
        this.folder = folder;
    }

    public boolean remove(String name) {
        File file = new File(folder + File.separator + name); // expect: CWE-22
        return file.delete();
    }
}
