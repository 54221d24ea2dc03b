namespace LinkMonitor.Storage.Outreach;

/// <summary>The words of a request to a page's owner.</summary>
/// <param name="Name">What it is for, for example <c>link-removed</c>.</param>
/// <param name="Subject">1 to 200 characters on one line, with placeholders.</param>
/// <param name="Body">1 to 8,000 characters, with placeholders.</param>
public sealed record OutreachTemplate(string Name, string Subject, string Body);
