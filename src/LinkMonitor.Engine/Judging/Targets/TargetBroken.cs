using System.Globalization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Targets;

/// <summary>
/// The target itself answers 4xx or 5xx, redirects without an end, has lost its name or let its certificate run out, so that the link leads
/// readers and search engines nowhere. Source: https://developers.google.com/crawling/docs/troubleshooting/http-status-codes
/// </summary>
internal sealed class TargetBroken : ITargetRule
{
    private const string NameGone = "no-such-name";
    private const string CertificateExpired = "certificate-expired";
    private const string NoAnswer = "no-answer";

    public Reason? Check(TargetFetch target, Baseline? baseline)
    {
        if (!target.IsBroken)
            return null;
        if (target.IsNameGone)
            return Because(
                NameGone,
                $"the name of its target {target.Url} no longer exists. {target.Problem} Renew the domain, or have the link lead "
                    + $"elsewhere.");
        if (target.IsCertificateExpired)
            return Because(CertificateExpired, $"browsers warn readers of its target {target.Url}. {target.Problem}");

        var isLoop = target.Status is null or < 400;
        var found = isLoop ? "loop" : target.Status!.Value.ToString(CultureInfo.InvariantCulture);
        var answer = isLoop ? "redirects endlessly" : $"answers {found}";
        return Because(found, $"its target {target.Url} {answer}: repair that page, or redirect it to the one that took its place.");
    }

    /// <summary>What was found, in words; a status and an address stay as they are.</summary>
    public static string Words(string found) => found switch
    {
        NameGone => "its domain does not exist",
        CertificateExpired => "its certificate has expired",
        NoAnswer => "no answer",
        "loop" => "an endless redirect",
        _ => found,
    };

    /// <summary>What it means if a target goes on giving no answer.</summary>
    public static Reason Silent(TargetFetch target) => Because(
        NoAnswer,
        $"its target {target.Url} has not answered for a day. {target.Problem} If it opens in your browser, it blocks our address.");

    /// <summary>Whether a reason is <see cref="Silent"/>, which no single check proves.</summary>
    public static bool IsSilence(Reason reason) => reason is { Code: ReasonCode.TargetBroken, Found: NoAnswer };

    /// <summary>Whether a reason is that the target's name does not exist.</summary>
    public static bool IsNameLoss(Reason reason) => reason is { Code: ReasonCode.TargetBroken, Found: NameGone };

    private static Reason Because(string found, string what) => new()
    {
        Code = ReasonCode.TargetBroken,
        Message = $"The link is there, but {what}",
        Expected = "200",
        Found = found,
    };
}
