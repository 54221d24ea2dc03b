using System.Text;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Wording;

namespace LinkMonitor.Outreach;

/// <summary>Drafts what to write to the owner of a page. Pure: mails and pages can call it, too.</summary>
public static class OutreachComposer
{
    private const int MaxSubject = 150;

    /// <summary>Whether there is something to write about a link as it is held now, and somebody to write to.</summary>
    public static bool IsNeeded(WatchedLink link) => link.Status.State is LinkState.NotFound
        || (link.Status.State is LinkState.Lost or LinkState.Changed
            && link.Status.Reasons.Any(reason => ReasonCatalogue.Of(reason.Code).Template is not null));

    /// <summary>The name of the template for it; null when there is nothing to write, or nobody to write to.</summary>
    public static string? TemplateFor(OutreachCase one) =>
        one.Link.Status.State is LinkState.Lost or LinkState.Changed or LinkState.NotFound ? OutreachNames.For(one) : null;

    /// <param name="own">The project's own template of the name that <see cref="TemplateFor"/> gives; null for ours.</param>
    public static OutreachDraft Compose(OutreachCase one, OutreachTemplate? own)
    {
        var status = one.Link.Status;
        var draft = new OutreachDraft { LinkId = one.Link.Id.Value, State = status.State, IsNeeded = false, Note = "" };
        if (TemplateFor(one) is not { } name)
            return draft with { Note = WhyNot(status) };

        var template = own ?? BuiltInTemplates.Find(name)!;
        var values = OutreachValues.Of(one);
        var subject = WebText.Short(PlaceholderText.Fill(template.Subject, values), MaxSubject);
        var body = PlaceholderText.Fill(template.Body, values);
        var to = Address(one.Link.Terms?.Contact);
        var mailto = MailtoUrl.Write(to, subject, body);
        return draft with
        {
            IsNeeded = true,
            Note = Note(to, status.Reasons, mailto?.IsShortened ?? false),
            Template = name,
            To = to,
            Subject = subject,
            Body = body,
            Mailto = mailto?.Url,
            IsMailtoShortened = mailto?.IsShortened ?? false,
        };
    }

    private static string Note(string? to, IReadOnlyList<Reason> reasons, bool isShortened)
    {
        List<string> notes = ["Read it over before you send it."];
        if (to is null)
            notes.Add("The terms of the link name no e-mail address, so find out whom to write to.");
        if (reasons.Any(reason => OwnSide.Is(reason.Code)))
            notes.Add("Your own target also has a problem; the draft does not mention it.");
        if (isShortened)
            notes.Add("The mailto URL has room for only a part of the body; the field body has all of it.");
        return string.Join(' ', notes);
    }

    private static string WhyNot(LinkStatus status) => status.State switch
    {
        LinkState.Live => "The link is live: there is nothing to ask for.",
        LinkState.Pending => "The link has not been checked yet: there is nothing to ask for.",
        LinkState.Unreachable =>
            "The page could not be read for days. Look at it in your browser: there is nothing to ask for yet.",
        _ => "The link is as agreed; what is wrong is on your own side, so there is nobody to write to: "
            + string.Join(", ", status.Reasons.Select(reason => ReasonWords.Label(reason.Code, Language.English)).Distinct()) + ".",
    };

    /// <summary>A plain e-mail address without any character that could be taken for something else in a URL or a header.</summary>
    private static string? Address(string? contact) =>
        contact is not null
        && EmailAddress.IsValid(contact)
        && contact.EnumerateRunes().All(rune => !System.Text.Rune.IsWhiteSpace(rune) && !System.Text.Rune.IsControl(rune))
        && WebText.Visible(contact) == contact
            ? contact
            : null;
}

/// <summary>
/// A draft as a <c>mailto:</c> URL. Everything but unreserved characters is percent-encoded as UTF-8, line breaks as CR LF. Source: RFC
/// 6068.
/// </summary>
internal static class MailtoUrl
{
    /// <summary>What mail programs and operating systems take without fail.</summary>
    public const int MaxLength = 2_000;

    private const string Shortened = "[Shortened to fit: copy the whole text from LinkMonitor.]";
    private static readonly int[] SubjectLengths = [150, 60, 20];

    /// <returns>The URL, and whether the body was cut; null when not even a short subject fits beside the address.</returns>
    /// <param name="to">An e-mail address; null leaves it to the sender.</param>
    /// <param name="body">Lines end with a line feed.</param>
    public static (string Url, bool IsShortened)? Write(string? to, string subject, string body)
    {
        foreach (var length in SubjectLengths)
        {
            var head = $"mailto:{Address(to)}?subject={Encode(WebText.Short(subject, length))}&body=";
            if (head.Length + EncodeBody(body).Length <= MaxLength)
                return (head + EncodeBody(body), false);
            if (Fit(body, MaxLength - head.Length) is { } fitting)
                return (head + fitting, true);
        }

        return null;
    }

    // The "@" stays: RFC 6068 has it unencoded between the two parts of an address.
    private static string Address(string? to) => to is null ? "" : string.Join('@', to.Split('@').Select(Encode));

    /// <summary>As many whole lines as there is room for, and a last one that says so; null when not even that fits.</summary>
    private static string? Fit(string body, int room)
    {
        var lines = body.Split('\n');
        for (var count = lines.Length - 1; count >= 0; count--)
        {
            var encoded = EncodeBody(string.Join('\n', [.. lines.Take(count), Shortened]));
            if (encoded.Length <= room)
                return encoded;
        }

        return null;
    }

    private static string EncodeBody(string body) => string.Join("%0D%0A", body.Split('\n').Select(Encode));

    private static string Encode(string text) => Uri.EscapeDataString(text);
}

/// <summary>
/// Text with placeholders: <c>{name}</c> stands for a value, <c>{{</c> and <c>}}</c> for the braces themselves. Values are put in as they
/// are and never read for placeholders again.
/// </summary>
internal static class PlaceholderText
{
    /// <summary>
    /// Fills a text in. A line whose placeholders are all without a value is left out, and of several empty lines in a row one stays.
    /// </summary>
    /// <param name="text">One that <see cref="Check"/> finds nothing wrong with.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => FillLine(line, values)).OfType<string>();
        var filled = new StringBuilder();
        var isBlank = true;
        foreach (var line in lines)
        {
            if (isBlank && line.Length == 0)
                continue;
            filled.Append(line).Append('\n');
            isBlank = line.Length == 0;
        }

        return filled.ToString().Trim('\n');
    }

    /// <summary>What is wrong with a text, a sentence each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(string text, IReadOnlyCollection<string> known)
    {
        List<string> errors = [];
        foreach (var part in Parts(text))
        {
            if (part is { IsPlaceholder: true, IsClosed: false })
                errors.Add("A brace is not closed. Write {{ or }} for a literal brace.");
            else if (part.IsPlaceholder && !known.Contains(part.Text))
                errors.Add($"There is no placeholder {{{Cut(part.Text)}}}. Known placeholders: {string.Join(", ", known)}.");
        }

        return [.. errors.Distinct(StringComparer.Ordinal)];
    }

    private static string? FillLine(string line, IReadOnlyDictionary<string, string> values)
    {
        var parts = Parts(line).ToList();
        var placeholders = parts.FindAll(part => part.IsPlaceholder);
        if (placeholders.Count > 0 && placeholders.TrueForAll(part => values.GetValueOrDefault(part.Text, "").Length == 0))
            return null;
        return string.Concat(parts.Select(part => part.IsPlaceholder ? values.GetValueOrDefault(part.Text, "") : part.Text)).TrimEnd();
    }

    private static IEnumerable<Part> Parts(string text)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else
            {
                yield return new Part(literal.ToString(), false, true);
                literal.Clear();
                var end = text[i] == '{' ? text.IndexOfAny(['{', '}'], i + 1) : -1;
                var isClosed = end > i && text[end] == '}';
                yield return new Part(isClosed ? text[(i + 1)..end] : "", true, isClosed);
                if (!isClosed)
                    yield break;
                i = end;
            }
        }

        yield return new Part(literal.ToString(), false, true);
    }

    private static string Cut(string text) => text.Length <= 50 ? text : text[..50] + "…";

    private readonly record struct Part(string Text, bool IsPlaceholder, bool IsClosed);
}
