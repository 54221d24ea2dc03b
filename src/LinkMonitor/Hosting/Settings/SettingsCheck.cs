using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Validates every settings class before anything starts, so that what is wrong is told plainly and all at once.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Failures(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var known = new KnownSettings(services.GetServices<SettingsSection>());
        var names = SettingNames.Failures(configuration, known).ToList();
        var values = SettingValues.Failures(configuration, known).ToList();

        // With a value that cannot be read the binder would throw, and tell less.
        return [.. names, .. values.Count > 0 ? values : Validate(services, names.Count > 0)];
    }

    /// <param name="isTold">Something is wrong already: a name below one that is a value has the binder throw.</param>
    private static IReadOnlyList<string> Validate(IServiceProvider services, bool isTold)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            // The binder's word for a value that cannot be converted; it names the setting and the value.
            return [e.Message];
        }
        catch (InvalidOperationException) when (isTold)
        {
            return [];
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return [.. e.Flatten().InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).Distinct()];
        }
    }
}
