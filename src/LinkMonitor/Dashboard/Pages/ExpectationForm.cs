using System.Text.Json.Nodes;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

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
