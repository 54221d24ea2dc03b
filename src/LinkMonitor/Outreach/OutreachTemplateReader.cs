using LinkMonitor.Api;
using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Outreach;

/// <summary>Reads a template of a project, and says of each field what is wrong with it.</summary>
internal static class OutreachTemplateReader
{
    private const int MaxSubject = 200;
    private const int MaxBody = 8_000;

    /// <summary>Meaningless when <paramref name="errors"/> has any.</summary>
    public static OutreachTemplate Read(string name, OutreachTemplateRequest request, FieldErrors errors)
    {
        var subject = request.Subject?.Trim() ?? "";
        var body = (request.Body ?? "").ReplaceLineEndings("\n").Trim('\n');
        if (subject.Length is 0 or > MaxSubject || subject.Any(char.IsControl))
            errors.Add("subject", $"1 to {MaxSubject} characters and no line breaks; it has {subject.Length} characters.");
        if (string.IsNullOrWhiteSpace(body) || body.Length > MaxBody || body.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            errors.Add("body", $"1 to {MaxBody} characters and no control characters but line breaks and tabs; it has {body.Length} characters.");
        errors.CheckCharacters("subject", subject);
        errors.CheckCharacters("body", body);
        foreach (var error in PlaceholderText.Check(subject, [.. OutreachValues.Known.Keys]))
            errors.Add("subject", error);
        foreach (var error in PlaceholderText.Check(body, [.. OutreachValues.Known.Keys]))
            errors.Add("body", error);
        return new OutreachTemplate(name, subject, body);
    }
}
