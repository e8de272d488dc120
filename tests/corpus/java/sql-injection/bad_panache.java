import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.ws.rs.GET;
import java.util.List;
import jakarta.ws.rs.QueryParam;

@jakarta.ws.rs.Path("/p")
public class C {
    @jakarta.inject.Inject PersonRepo repo;
    @GET
    public List<Person> f(@QueryParam("name") String name) {
        return repo.find("name = '" + name + "'").list(); // expect: CWE-89
    }
}
class PersonRepo implements PanacheRepository<Person> { }
class Person { }
