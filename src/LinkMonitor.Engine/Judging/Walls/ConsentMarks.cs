using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Signs of a question for consent to cookies that comes before the page.</summary>
internal static class ConsentMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Consent, Host, "consent.google.com", "Google", IsAntibot),
        new(Consent, Host, "consent.youtube.com", "YouTube", Reported),
        new(Consent, Host, "consent.yahoo.com", "Yahoo", Reported),
        new(Consent, Host, "guce.yahoo.com", "Yahoo", Reported),
        new(Consent, Host, "guce.aol.com", "AOL", Unconfirmed),
        new(Consent, Host, "guce.techcrunch.com", "Yahoo", Unconfirmed),
        new(Consent, Host, "guce.oath.com", "Yahoo", Unconfirmed),
        new(Consent, Host, "myprivacy.dpgmedia.nl", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmedia.be", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmedia.net", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmediagroup.net", "DPG Media", Reported),

        new(Consent, Body, "https://consent.google.com/save", "Google", Unconfirmed),
        new(Consent, Body, "https://consent.youtube.com/save", "YouTube", Reported),

        // With the name of the service: without it every other travel guide begins so.
        new(Consent, TitleStart, "Before you continue to Google", "Google", Reported),
        new(Consent, TitleStart, "Before you continue to YouTube", "YouTube", Reported),
        new(Consent, TitleStart, "Bevor Sie zu Google", "Google", Reported),
        new(Consent, TitleStart, "Bevor Sie zu YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Avant d'accéder à Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Avant d'accéder à YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Antes de ir a Google", "Google", Reported),
        new(Consent, TitleStart, "Antes de ir a YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Prima di continuare su Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Prima di continuare su YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Voordat je verdergaat naar Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Voordat je verdergaat naar YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Zanim przejdziesz do Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Zanim przejdziesz do YouTube", "YouTube", Unconfirmed),

        new(Consent, RedirectPath, "/zustimmung", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/consent", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/cookie-consent", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/cookiewall", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/privacy-gate", "the site", Reported),
    ];
}
