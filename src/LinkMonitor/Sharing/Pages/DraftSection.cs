using LinkMonitor.Alerts.Composing;
using LinkMonitor.Outreach;
using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Sharing.Pages;

/// <summary>The draft to the page's owner, to be opened in a mail program or copied.</summary>
internal sealed class DraftSection(OutreachCases cases, IOutreachTemplateStore templates)
{
    private const int Rows = 16;

    /// <summary>Empty where there is nothing to ask for, or nobody to ask.</summary>
    public async Task<Markup> WriteAsync(SharedLink shared, CancellationToken cancellationToken)
    {
        if (OutreachComposer.TemplateFor(shared.Link) is not { } name)
            return Markup.Empty;
        var own = await templates.GetAsync(shared.Project.Id, name, cancellationToken);
        var draft = OutreachComposer.Compose(await cases.FindAsync(shared.Project, shared.Link, cancellationToken), own);
        return draft is { IsNeeded: true, Subject: { } subject, Body: { } body } ? Write(draft, subject, body) : Markup.Empty;
    }

    private static Markup Write(OutreachDraft draft, string subject, string body) => Markup.Of($"""
        <div class="card" id="draft"><h2>Draft to the page's owner</h2>
        <p class="soft">{draft.Note}</p>
        <dl><dt>Subject</dt><dd>{subject}</dd></dl>
        <p><textarea readonly rows="{Rows.ToString(System.Globalization.CultureInfo.InvariantCulture)}" aria-label="Text of the draft">
        {body}</textarea></p>
        {Mailto(draft)}</div>
        """);

    private static Markup Mailto(OutreachDraft draft) => draft.Mailto is not { } url ? Markup.Empty : Markup.Of($"""
        <p><a class="button first" href="{url}">Open in your mail program</a>{(draft.IsMailtoShortened ? Markup.Of($"<span class=\"soft\">The text is too long for that: what opens is cut at its end. Copy it from above.</span>") : Markup.Empty)}</p>
        """);
}
