using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Outreach;

/// <summary>Drafts what to write to the owner of a page. Pure: mails and pages can call it, too.</summary>
public static class OutreachComposer
{
    private const int MaxSubject = 150;

    /// <summary>The name of the template for a link as it is held now; null when there is nothing to write, or nobody to write to.</summary>
    public static string? TemplateFor(WatchedLink link) =>
        link.Status.State is LinkState.Lost or LinkState.Changed or LinkState.NotFound ? OutreachNames.For(link.Status.State, link.Status.Reasons) : null;

    /// <param name="own">The project's own template of the name that <see cref="TemplateFor"/> gives; null for ours.</param>
    public static OutreachDraft Compose(OutreachCase one, OutreachTemplate? own)
    {
        var status = one.Link.Status;
        var draft = new OutreachDraft { LinkId = one.Link.Id.Value, State = status.State, IsNeeded = false, Note = "" };
        if (TemplateFor(one.Link) is not { } name)
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
            notes.Add("The terms of the link name no e-mail address, so you have to find out whom to write to.");
        if (reasons.Any(reason => OwnSide.Is(reason.Code)))
            notes.Add("Something is wrong with your own target, too; the draft does not speak of that.");
        if (isShortened)
            notes.Add("The mailto URL has room for a part of the body only; the whole is in body.");
        return string.Join(' ', notes);
    }

    private static string WhyNot(LinkStatus status) => status.State switch
    {
        LinkState.Live => "The link is live: there is nothing to ask for.",
        LinkState.Pending => "The link was not checked yet: nothing is known that could be asked for.",
        LinkState.Unreachable => "The page could not be read for days. Look at it in your browser: nothing is known that could be asked for.",
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
