using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Outreach;

/// <summary>A template as the API shows it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="IsOwn">Whether the project put it in the place of ours.</param>
public sealed record OutreachTemplateView(string Name, string Subject, string Body, bool IsOwn)
{
    internal static OutreachTemplateView Of(OutreachTemplate template, bool isOwn) => new(template.Name, template.Subject, template.Body, isOwn);
}
