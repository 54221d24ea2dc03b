using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The link is there, but readers cannot see it, and it was not so at the first check. Source:
/// https://developers.google.com/search/docs/essentials/spam-policies#hidden-text-and-link-abuse
/// </summary>
internal sealed class HiddenLink : ICheckRule
{
    public Reason? Check(RuleContext context) =>
        context.Link.Hidden && context.Baseline is null or { Hidden: false }
            ? new Reason
            {
                Code = ReasonCode.Hidden,
                Message = "The link is in the page's code, but readers cannot see it: ask the site's owner to show it.",
            }
            : null;
}
