import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files by veraPDF's rules for PDF/A-2b and prints one line for each file: its name,
 * how many checks were made, and each rule that it broke, all with a tab between.
 *
 * Its profile is read by hand: veraPDF's own way needs a library (JAXB) that Java no longer has.
 */
public final class Validate {
    private static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFA_2_B;

    public static void main(String[] names) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        for (String name : names) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), FLAVOUR);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
                ValidationResult result = validator.validate(parser);
                TreeMap<String, String> broken = new TreeMap<>();
                for (TestAssertion found : result.getTestAssertions()) {
                    String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, rule + " " + found.getMessage() + " " + found.getLocation().getContext());
                }
                if (result.isCompliant() != broken.isEmpty()) {
                    throw new IllegalStateException("verdict and rules differ");
                }
                System.out.println(name + "\t" + result.getTotalAssertions() + "\t" + String.join("\t", broken.values()));
            }
        }
    }

    private static ValidationProfile profile() throws Exception {
        Set<Rule> rules = new HashSet<>();
        Set<Variable> variables = new HashSet<>();
        try (InputStream source = Foundries.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFA-2B.xml")) {
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
            for (Element rule : all(xml.getDocumentElement(), "rule")) {
                Element id = all(rule, "id").get(0);
                rules.add(Profiles.ruleFromValues(
                        Profiles.ruleIdFromValues(
                                FLAVOUR.getPart(), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                        rule.getAttribute("object"),
                        rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                        "",
                        text(rule, "description"),
                        text(rule, "test"),
                        Profiles.errorFromValues(text(rule, "message"), new ArrayList<ErrorArgument>()),
                        new ArrayList<>()));
            }
            for (Element one : all(xml.getDocumentElement(), "variable")) {
                variables.add(Profiles.variableFromValues(
                        one.getAttribute("name"), one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
            }
        }
        return Profiles.profileFromValues(
                FLAVOUR, Profiles.profileDetailsFromValues("", "", "", new Date(0)), "", rules, variables);
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int index = 0; index < nodes.getLength(); index++) {
            found.add((Element) nodes.item(index));
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent();
    }
}
