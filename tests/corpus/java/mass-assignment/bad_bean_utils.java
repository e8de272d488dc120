import java.lang.reflect.InvocationTargetException;
import javax.servlet.http.HttpServletRequest;
import org.apache.commons.beanutils.BeanUtils;

public class Profiles {
    public void update(User user, HttpServletRequest request) throws IllegalAccessException, InvocationTargetException {
        BeanUtils.populate(user, request.getParameterMap()); // expect: CWE-915
    }
}
