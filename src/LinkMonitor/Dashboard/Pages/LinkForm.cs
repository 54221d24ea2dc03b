using System.Globalization;
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

    private const string Unsaid = "as the type says, or as first seen";

    /// <summary>The fields that most links need.</summary>
    /// <param name="types">Those of the project.</param>
    public static IReadOnlyList<Field> Short(FormErrors errors, ProjectTypes types) =>
    [
        errors.Named("page", help: "The page that should carry the link.") with { IsNeeded = true },
        errors.Named("target", help: "Where the link should lead.") with { IsNeeded = true },
        TypeOf(errors, null, types),
        errors.Named("anchor", help: "Empty: as the type says, or as first seen."),
        ExpectationForm.Rel(errors, "", Unsaid),
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
            .. ExpectationForm.Fields(errors, look, Unsaid),
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

    private static Field TypeOf(FormErrors errors, string? now, ProjectTypes types) =>
        errors.Named("type", now ?? "", "What is expected where you do not say, and what of it is mailed at once.") with
        {
            Type = "select",
            Choices = TypeWords.Choices(types, now),
        };

    private static string PageHelp(WatchedLink? link) => link is null ? "The page that should carry the link." : Anew;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
