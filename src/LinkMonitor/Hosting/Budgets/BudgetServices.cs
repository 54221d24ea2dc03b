using LinkMonitor.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Budgets;

/// <summary>Registers what limits the runs of functions.</summary>
internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddSettings<BudgetOptions>(BudgetOptions.Section);
        services.AddSingleton<IValidateOptions<BudgetOptions>, BudgetRules>();
        return services.AddSingleton<FunctionRuns>();
    }
}
