using System.Globalization;
using System.Text.Json.Nodes;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.LinkTypes;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The form of a link: its fields, and what they say as the API's JSON.</summary>
internal static class LinkForm
{
    private const string Anew =
        "Another one begins the checks anew. What was before stays readable with the former link, and an open case goes along.";

    private static readonly string[] TermTexts =
        ["terms.vendor", "terms.currency", "terms.start", "terms.end", "terms.contact", "terms.invoice"];

    /// <summary>The fields that most links need.</summary>
    /// <param name="types">Those of the project.</param>
    public static IReadOnlyList<Field> Short(FormErrors errors, ProjectTypes types) =>
    [
        errors.Named("page", help: "The page that should carry the link.") with { IsNeeded = true },
        errors.Named("target", help: "Where the link should lead.") with { IsNeeded = true },
        TypeOf(errors, null, types),
        errors.Named("anchor", help: $"Empty: {Unsaid(null)}."),
        ExpectationForm.Rel(errors, "", Unsaid(null)),
    ];

    /// <summary>All fields, with what a link holds; empty for a new one.</summary>
    /// <param name="types">Those of the project.</param>
    public static IReadOnlyList<Field> Whole(FormErrors errors, WatchedLink? link, ProjectTypes types)
    {
        // What the type says is not given for the link: saved as it is, it goes on to follow the type.
        var (expected, terms) = (link?.Expectation, link?.Terms);
        var left = link?.TypeParts ?? ExpectationParts.None;
        var look = new ExpectedLook(
            Of(ExpectationParts.Rel, expected?.Rel), Of(ExpectationParts.Anchor, expected?.Anchor),
            Of(ExpectationParts.Placement, expected?.Placement), Of(ExpectationParts.Indexable, expected?.Indexable));
        return
        [
            errors.Named("page", link?.Page.Href ?? "", PageHelp(link)) with { IsNeeded = true },
            errors.Named("target", expected?.Target.Href ?? "", link is null ? "Where the link should lead." : Anew) with
            {
                IsNeeded = true,
            },
            errors.Named("match", WireName.Of(expected?.Match ?? default)) with
            {
                Type = "select", Choices = [.. WireName.All<Engine.Urls.TargetMatch>().Select(match => (match, match))],
            },
            TypeOf(errors, link?.Type, types),
            .. ExpectationForm.Fields(errors, look, Unsaid(link)),
            errors.Named("tags", string.Join(", ", link?.Tags ?? []), "With commas between."),
            errors.Named("note", link?.Note ?? "") with { Type = "textarea" },
            errors.Named("terms.vendor", terms?.Vendor ?? ""),
            errors.Named("terms.cost", terms?.Cost?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "",
                "With a point before the decimals, for example 1200.50."),
            errors.Named("terms.currency", terms?.Currency ?? "", "Three letters, for example EUR."),
            errors.Named("terms.costPeriod", WireName.Of(terms?.CostPeriod ?? default)) with
            {
                Type = "select", Choices = [("term", "for the whole term"), ("month", "each month")],
            },
            errors.Named("terms.start", Day(terms?.Start)) with { Type = "date" },
            errors.Named("terms.end", Day(terms?.End)) with { Type = "date" },
            errors.Named("terms.contact", terms?.Contact ?? "", "An e-mail address, or a name."),
            errors.Named("terms.invoice", terms?.Invoice ?? ""),
        ];

        Expected<T> Of<T>(ExpectationParts part, Expected<T>? given) where T : notnull =>
            left.HasFlag(part) ? default : given ?? default;
    }

    /// <summary>What a form for a new link says; what is empty is left out.</summary>
    public static FormBody New(IFormCollection form)
    {
        var body = ExpectationForm.Read(
            new FormBody(form).Text("page").Text("target").Text("match").Text("type").Text("note"), form, resets: false);
        if (form.Text("tags").Length > 0)
            body.List("tags");
        foreach (var name in TermTexts)
            body.Text(name);
        body.Number("terms.cost");

        // The form always says what a price is for; alone that is no agreement.
        return TermTexts.Append("terms.cost").Any(name => form.Text(name).Length > 0) ? body.Text("terms.costPeriod") : body;
    }

    /// <summary>What a form for a link that is there says; what is empty is reset.</summary>
    public static FormBody Change(IFormCollection form)
    {
        var body = ExpectationForm.Read(
            new FormBody(form).Needed("page").Needed("target").Needed("match").TextOrNull("type").TextOrNull("note").List("tags")
                .NumberOrNull("terms.cost"),
            form, resets: true);
        foreach (var name in TermTexts)
            body.TextOrNull(name);
        return body.Needed("terms.costPeriod");
    }

    // A link that is there has a type or none; a new one is given its type in the same form.
    private static string Unsaid(WatchedLink? link) => link is null ? "as the type says; without a type as first seen"
        : link.Type is null ? "as first seen" : "as the type says";

    private static Field TypeOf(FormErrors errors, string? now, ProjectTypes types) =>
        errors.Named("type", now ?? "", "What is expected where you do not say, and what of it is mailed at once.") with
        {
            Type = "select",
            Choices = TypeWords.Choices(types, now),
        };

    private static string PageHelp(WatchedLink? link) => link is null ? "The page that should carry the link." : Anew;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What a link or a type of links expects of rel, anchor, placement and index.</summary>
internal sealed record ExpectedLook(
    Expected<RelQualifiers> Rel, Expected<string> Anchor, Expected<Placement> Placement, Expected<bool> Indexable);

/// <summary>The fields of an expectation: the same for links and for types, so that what one can say the other can.</summary>
internal static class ExpectationForm
{
    /// <summary>What is not watched.</summary>
    private const string Any = "any";

    private const string Empty = "empty";
    private const string AnchorIs = "anchorIs";
    private const string NotWatched = "any: not watched";
    private static readonly string[] Rels = ["follow", "nofollow", "sponsored", "ugc", "nofollow sponsored"];

    /// <param name="unsaid">What holds where nothing is said, for example <c>as first seen</c>.</param>
    public static IReadOnlyList<Field> Fields(FormErrors errors, ExpectedLook look, string unsaid) =>
    [
        Rel(errors, RelText.Write(look.Rel) ?? "", unsaid),
        errors.Field(
            AnchorIs, "Anchor",
            look.Anchor switch { { Kind: ExpectedKind.Any } => Any, { Kind: ExpectedKind.Exactly, Value: "" } => Empty, _ => "" }) with
        {
            Type = "select",
            Choices = [("", "the text below"), (Empty, "no text at all"), (Any, NotWatched)],
        },
        errors.Named("anchor", look.Anchor is { Kind: ExpectedKind.Exactly, Value: var anchor } ? anchor ?? "" : "",
            $"Empty: {unsaid}."),
        Part(errors, "placement", look.Placement, WireName.Of, WireName.All<Placement>(), unsaid),
        Part(errors, "indexable", look.Indexable, one => one ? "yes" : "no", ["yes", "no"], unsaid),
    ];

    /// <summary>The rel alone. One that the list lacks stays what it is.</summary>
    public static Field Rel(FormErrors errors, string now, string unsaid) => errors.Named("rel", now) with
    {
        Type = "select",
        Choices =
        [
            ("", unsaid), .. Rels.Select(rel => (rel, rel)), (Any, NotWatched),
            .. now is "" or Any || Rels.Contains(now, StringComparer.Ordinal) ? [] : new[] { (now, now) },
        ],
    };

    /// <summary>What a form says, for the API.</summary>
    /// <param name="resets">Whether what is empty is reset; otherwise it is left out.</param>
    public static FormBody Read(FormBody body, IFormCollection form, bool resets)
    {
        List<string> ignored = [];
        _ = resets ? body.TextOrNull("rel") : body.Text("rel");
        switch (form.Text(AnchorIs))
        {
            case Empty:
                body.Value("anchor", "");
                break;
            case "":
                _ = resets ? body.TextOrNull("anchor") : body.Text("anchor");
                break;
            case Any:
                ignored.Add("anchor");
                break;
            case var unknown:
                // The reader of the list says what there is.
                ignored.Add(unknown);
                break;
        }

        if (form.Text("placement") == Any)
            ignored.Add("placement");
        else
            _ = resets ? body.TextOrNull("placement") : body.Text("placement");
        if (form.Text("indexable") == Any)
            ignored.Add("indexable");
        else
            _ = resets ? body.YesNoOrNull("indexable") : body.YesNo("indexable");
        return resets || ignored.Count > 0
            ? body.Value("ignore", new JsonArray([.. ignored.Select(part => (JsonNode)JsonValue.Create(part))])) : body;
    }

    /// <summary>What is expected by name, as the form writes it; empty where nothing is said.</summary>
    public static string NameOf<T>(Expected<T> part, Func<T, string> write) where T : notnull =>
        part.Kind switch { ExpectedKind.Any => Any, ExpectedKind.Exactly => write(part.Value!), _ => "" };

    private static Field Part<T>(
        FormErrors errors, string name, Expected<T> part, Func<T, string> write, IEnumerable<string> known, string unsaid)
        where T : notnull =>
        errors.Named(name, NameOf(part, write)) with
        {
            Type = "select",
            Choices = [("", unsaid), .. known.Select(one => (one, one)), (Any, NotWatched)],
        };
}
