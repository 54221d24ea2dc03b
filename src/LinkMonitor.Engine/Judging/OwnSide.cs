using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Judging;

/// <summary>Whose matter a reason is.</summary>
public static class OwnSide
{
    /// <summary>True for what only the owner of the target can mend: nobody at the page is to blame for it.</summary>
    public static bool Is(ReasonCode code) => ReasonCatalogue.Of(code).Family == ChangeFamily.Target;
}
